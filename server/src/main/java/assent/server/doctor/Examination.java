package assent.server.doctor;

import java.util.concurrent.Callable;

/// One thing that is looked at.
///
/// @param subject its name, one word
/// @param look looks at it; may block, on a thread of its own, and is interrupted when its time is up
public record Examination(String subject, Callable<Finding> look) {}
