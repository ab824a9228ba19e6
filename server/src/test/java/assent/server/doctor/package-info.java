/// Tests of the steps from notice to doctor, as far as they need no gateway around them.
///
/// Start at [assent.server.doctor.LooksTest].
@NullMarked
package assent.server.doctor;

import org.jspecify.annotations.NullMarked;
