package assent.server.sms;

/// The way SMS go out and come in. Immutable.
///
/// @param carrier asked whether anything can be sent now
/// @param dispatcher sends
/// @param serviceNumber that SMS come from, and that phones send theirs to
public record SmsChannel(Carrier carrier, SmsDispatcher dispatcher, String serviceNumber) {}
