/// The carrier simulator: an SMSC on the loopback that speaks SMPP 3.4, with virtual handsets. The
/// gateway binds to it exactly as it binds to a real carrier's.
///
/// Start at [assent.sim.carrier.CarrierSimulator]; then [assent.sim.carrier.Handset], which lives in
/// this process or, as [assent.sim.carrier.RemoteHandset], in another.
@NullMarked
package assent.sim.carrier;

import org.jspecify.annotations.NullMarked;
