/// Gives orders to worker processes and gathers what they report.
///
/// Start at [assent.load.conduct.WorkerHandle].
@NullMarked
package assent.load.conduct;

import org.jspecify.annotations.NullMarked;
