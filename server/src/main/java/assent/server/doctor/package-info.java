/// What can be wrong around a gateway, looked at before it is started or while it serves: `gateway
/// doctor`.
///
/// Start at [assent.server.doctor.Doctor]. What is asked of a part of the gateway (the store, the
/// carrier) lives with that part, and the composition root brings it here.
@NullMarked
package assent.server.doctor;

import org.jspecify.annotations.NullMarked;
