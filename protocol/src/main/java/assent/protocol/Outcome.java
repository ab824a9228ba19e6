package assent.protocol;

/// What became of a sent message. The sender gets exactly one for each message id.
public enum Outcome {
    /// The recipient's device acknowledged it.
    DELIVERED,
    /// It is on durable storage and will be delivered if the device connects in time; a receipt follows.
    QUEUED,
    /// The cloud copy is gone and will not arrive: send an SMS.
    FALL_BACK,
    /// Nothing was kept; the reason says whether trying again helps.
    REFUSED
}
