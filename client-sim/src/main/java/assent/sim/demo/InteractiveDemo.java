package assent.sim.demo;

import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.sim.carrier.Handset;
import assent.sim.phone.Activation;
import assent.sim.phone.Chat;
import assent.sim.phone.Screen;
import assent.sim.phone.VirtualPhone;
import java.util.List;
import java.util.Optional;

/// The user approves on both phones, one after the other, and chats between them. Immutable.
///
/// @param numbers of both phones
record InteractiveDemo(Stage stage, Screen screen, String locale, List<PhoneNumber> numbers) {
    /// Blocks.
    ///
    /// @return whether all went well; a user who does not approve is well, too
    boolean run() throws InterruptedException {
        screen.show("The carrier, the gateway and two phones are up. You are the user of both phones.");
        VirtualPhone first = phone(1);
        VirtualPhone second = phone(2);
        Activation.Ending ending = new Activation(first, Optional.of(ProofMethod.SMS_CODE)).run();
        if (ending == Activation.Ending.ACTIVATED) {
            ending = new Activation(second, Optional.of(ProofMethod.DEVICE_SMS)).run();
        }
        if (ending == Activation.Ending.ACTIVATED) {
            new Chat(List.of(first, second)).run();
        }
        return ending != Activation.Ending.FAILED;
    }

    private VirtualPhone phone(int which) {
        PhoneNumber number = numbers.get(which - 1);
        Handset handset = stage.handset(number);
        var phone = new VirtualPhone(Integer.toString(which), number, Optional.of(handset), screen);
        phone.use(stage.device(which, locale, phone));
        screen.show("Phone " + which + " has the number " + number.e164() + ".");
        return phone;
    }
}
