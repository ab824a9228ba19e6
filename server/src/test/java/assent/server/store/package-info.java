/// What every store must do ([assent.server.store.StoreContract]), what the committer promises, and the
/// fixtures that other tests share.
@NullMarked
package assent.server.store;

import org.jspecify.annotations.NullMarked;
