/// One connection to a server, lean enough to have thousands of: to a gateway, to an MQTT broker, or to
/// the bare relay.
///
/// Start at [assent.load.driver.Driver], which makes [assent.load.driver.Line]s.
@NullMarked
package assent.load.driver;

import org.jspecify.annotations.NullMarked;
