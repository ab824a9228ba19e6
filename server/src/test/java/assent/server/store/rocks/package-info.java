/// The embedded store against the contract, and against crashes, wrong keys and damage.
@NullMarked
package assent.server.store.rocks;

import org.jspecify.annotations.NullMarked;
