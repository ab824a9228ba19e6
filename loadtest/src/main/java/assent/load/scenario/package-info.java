/// What a crowd of phones does: one class for each scenario.
///
/// Start at [assent.load.scenario.Scenario].
@NullMarked
package assent.load.scenario;

import org.jspecify.annotations.NullMarked;
