/// The life of a message: pushed first, stored if it is not acknowledged in the grace, delivered once
/// the device is there.
///
/// Start at [assent.server.delivery.Courier], which opens two ends for each session: a
/// [assent.server.delivery.Sender] that takes sends and gives results, and an
/// [assent.server.delivery.Inbox] that pushes deliveries and takes acknowledgements. The order of
/// messages is explained in [assent.server.delivery.Inbox].
@NullMarked
package assent.server.delivery;

import org.jspecify.annotations.NullMarked;
