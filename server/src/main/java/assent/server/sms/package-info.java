/// The port to the carrier: codes go out to phones by SMS, and the texts that devices send by SMS come
/// in.
///
/// Start at [assent.server.sms.Carrier], then [assent.server.sms.SmsDispatcher], which keeps the
/// blocking port off the event loops. The adapter that speaks SMPP is a subpackage, known to the
/// composition root alone.
@NullMarked
package assent.server.sms;

import org.jspecify.annotations.NullMarked;
