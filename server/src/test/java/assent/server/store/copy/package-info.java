/// Tests of copying a store. Start at [assent.server.store.copy.StoreCopyTest].
@NullMarked
package assent.server.store.copy;

import org.jspecify.annotations.NullMarked;
