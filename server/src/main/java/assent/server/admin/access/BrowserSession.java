package assent.server.admin.access;

import java.time.Instant;

/// A browser that is signed in, as its operator sees it. Immutable.
///
/// @param from the network address that it signed in from
/// @param isThis whether it is the one that asks
public record BrowserSession(String from, Instant openedAt, Instant usedAt, boolean isThis) {}
