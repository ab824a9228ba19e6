/// The word to the service manager that started the process: [assent.server.net.systemd.ServiceManager].
@NullMarked
package assent.server.net.systemd;

import org.jspecify.annotations.NullMarked;
