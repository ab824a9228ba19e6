/// Tests of the device library. [assent.device.ScriptedGateway] is the peer that does what a test
/// says: it delivers twice, hangs up, lies.
@NullMarked
package assent.device;

import org.jspecify.annotations.NullMarked;
