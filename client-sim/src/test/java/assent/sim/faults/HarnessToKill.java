package assent.sim.faults;

import java.lang.ProcessBuilder.Redirect;

/// A harness that starts a process in the place of a gateway, says which, and waits to be killed.
final class HarnessToKill {
    private HarnessToKill() {}

    public static void main(String[] args) throws Exception {
        Undertaking.begin(System.getenv());
        Process gateway = new ProcessBuilder("sleep", "600")
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        System.out.println(gateway.pid());
        gateway.waitFor();
    }
}
