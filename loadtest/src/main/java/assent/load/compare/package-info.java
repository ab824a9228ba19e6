/// Several servers in one run, in turn, and the ratios between them.
///
/// Start at [assent.load.compare.Comparison].
@NullMarked
package assent.load.compare;

import org.jspecify.annotations.NullMarked;
