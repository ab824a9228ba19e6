/// Phones that were activated once and are used again: who they are, and where that is kept.
///
/// Start at [assent.load.phones.PhoneBook].
@NullMarked
package assent.load.phones;

import org.jspecify.annotations.NullMarked;
