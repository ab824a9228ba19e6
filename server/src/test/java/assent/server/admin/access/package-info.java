@NullMarked
package assent.server.admin.access;

import org.jspecify.annotations.NullMarked;
