/// Key files and what keys do.
@NullMarked
package assent.server.keys;

import org.jspecify.annotations.NullMarked;
