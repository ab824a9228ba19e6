/// The load test as a program.
///
/// Start at [assent.load.cli.CompareCommand] and [assent.load.cli.MaxCommand].
@NullMarked
package assent.load.cli;

import org.jspecify.annotations.NullMarked;
