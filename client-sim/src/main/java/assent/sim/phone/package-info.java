/// Virtual phones: what a user sees and types, on a real device library and a handset at the carrier.
///
/// Start at [assent.sim.phone.PhoneCommand]; then [assent.sim.phone.Activation], the dialogue in which
/// the user approves, [assent.sim.phone.Chat], and for a lost phone
/// [assent.sim.phone.LostPhoneDialogue].
@NullMarked
package assent.sim.phone;

import org.jspecify.annotations.NullMarked;
