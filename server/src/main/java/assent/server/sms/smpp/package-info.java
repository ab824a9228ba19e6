/// The carrier's SMSC over SMPP 3.4, spoken by jsmpp.
///
/// Start at [assent.server.sms.smpp.SmppCarrier]; `SmppLink` keeps the link up, `Arrivals` reads what
/// phones send.
@NullMarked
package assent.server.sms.smpp;

import org.jspecify.annotations.NullMarked;
