@NullMarked
package assent.server.admin.api;

import org.jspecify.annotations.NullMarked;
