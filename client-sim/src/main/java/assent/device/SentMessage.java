package assent.device;

import assent.protocol.MessageId;
import java.util.concurrent.CompletableFuture;

/// A message that was handed to the device. Thread-safe.
///
/// @param outcome completed once, and never exceptionally
public record SentMessage(MessageId messageId, CompletableFuture<SendOutcome> outcome) {}
