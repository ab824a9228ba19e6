package assent.sim.faults;

import assent.sim.demo.DemoFolders;
import assent.sim.demo.GatewayProcess.Extras;
import assent.sim.demo.Stage;
import java.nio.file.Path;
import java.util.Optional;

/// Carrier, gateway and network for one fault.
final class Stages {
    private Stages() {}

    /// With the gateway's data in a folder that goes with the stage.
    static Stage open(Setting setting, Extras extras) throws InterruptedException {
        return Stage.open(setting.home(), DemoFolders.open(Optional.empty(), false), extras);
    }

    /// With the gateway's data in `data`, which stays.
    static Stage open(Setting setting, Path data, Extras extras) throws InterruptedException {
        return Stage.open(setting.home(), DemoFolders.open(Optional.of(data), true), extras);
    }
}
