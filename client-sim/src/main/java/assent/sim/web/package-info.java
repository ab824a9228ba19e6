/// Phones in the browser: a page on the loopback that shows virtual phones side by side. Behind each is
/// a real device of the device library and a handset at the carrier.
///
/// Start at [assent.sim.web.PhonesInBrowser], which puts the parts up. [assent.sim.web.WebPhone] is one
/// phone, [assent.sim.web.AssentApp] the app on it; what they show stands on the
/// [assent.sim.web.Board], and each open page gets what is new there by an
/// [assent.sim.web.EventStream].
@NullMarked
package assent.sim.web;

import org.jspecify.annotations.NullMarked;
