/// What a run has found: gathered second by second, summed up, written down, compared, judged.
///
/// Start at [assent.load.report.RunResult].
@NullMarked
package assent.load.report;

import org.jspecify.annotations.NullMarked;
