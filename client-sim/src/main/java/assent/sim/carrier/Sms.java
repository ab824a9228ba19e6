package assent.sim.carrier;

/// One SMS on its way. Personal data: [#toString] hides it. Immutable.
///
/// @param from a phone number in E.164, or a service number
/// @param to likewise
/// @param text what it says; fits into one SMS
public record Sms(String from, String to, String text) {
    @Override
    public String toString() {
        return "Sms[hidden]";
    }
}
