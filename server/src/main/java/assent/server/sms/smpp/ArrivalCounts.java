package assent.server.sms.smpp;

/// What has come from the carrier since the start. Immutable.
///
/// @param arrived SMS handed to the listener
/// @param malformed SMS dropped, since their sender is no phone number or their text is in no alphabet
///     that we read
/// @param tooLong SMS refused, since they are longer than one SMS or part of several
public record ArrivalCounts(long arrived, long malformed, long tooLong) {}
