/// Tests of single parts of delivery; the whole is tested on a real gateway, one package up.
@NullMarked
package assent.server.delivery;

import org.jspecify.annotations.NullMarked;
