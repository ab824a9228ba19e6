/// One connection's conversation: its states, the pure function that moves between them, and the table
/// of live sessions.
///
/// Start at [assent.server.session.SessionState], then [assent.server.session.SessionMachine], whose
/// `step` says what follows from every event in every state; [assent.server.session.Session] has
/// done what it says.
@NullMarked
package assent.server.session;

import org.jspecify.annotations.NullMarked;
