package assent.load.driver;

import assent.protocol.PhoneNumber;
import assent.sim.carrier.CarrierSimulator;
import assent.sim.carrier.Sms;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Hands the codes that the carrier delivers to whoever waits for them, without a handset for each
/// number. Thread-safe.
public final class CodeDesk {
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    private final Map<String, Consumer<String>> waiting = new ConcurrentHashMap<>();

    public CodeDesk(CarrierSimulator carrier) {
        carrier.watch(this::arrived);
    }

    /// @param then hears the next code for this number, on the carrier's thread
    void await(PhoneNumber number, Consumer<String> then) {
        waiting.put(number.e164(), then);
    }

    void forget(PhoneNumber number) {
        waiting.remove(number.e164());
    }

    private void arrived(Sms sms) {
        Matcher code = CODE.matcher(sms.text());
        Consumer<String> then = waiting.remove(sms.to());
        if (then != null && code.find()) {
            then.accept(code.group());
        }
    }
}
