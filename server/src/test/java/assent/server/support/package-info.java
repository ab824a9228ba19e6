/// What tests stand on: a real gateway with a real carrier beside it, and a peer that says anything, in
/// any order.
@NullMarked
package assent.server.support;

import org.jspecify.annotations.NullMarked;
