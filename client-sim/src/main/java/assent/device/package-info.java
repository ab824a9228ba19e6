/// What a phone embeds to speak to an Assent gateway: activation by approval, messages, withdrawal.
///
/// Start at [assent.device.Device], the one class that an app drives;
/// [assent.device.DeviceListener] is what it hears. [assent.device.LostPhone] switches off a number
/// whose phone is lost. Many devices may share one [assent.device.DeviceNetwork] (threads and TLS);
/// what one device must remember lives behind [assent.device.DeviceStore].
///
/// Inside, a device is confined to one event loop: [assent.device.DeviceCore] decides when to
/// connect, [assent.device.Connection] is one connection, [assent.device.ActivationSteps] the steps
/// that a user goes through, [assent.device.Inbox] and [assent.device.Outbox] the messages.
@NullMarked
package assent.device;

import org.jspecify.annotations.NullMarked;
