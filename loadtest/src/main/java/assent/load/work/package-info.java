/// What a worker process does: it holds phones in pairs, has them write to each other, and counts.
///
/// Start at [assent.load.work.Worker], which carries out one [assent.load.work.Order] after the other.
@NullMarked
package assent.load.work;

import org.jspecify.annotations.NullMarked;
