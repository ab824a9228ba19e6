package assent.server.config;

import java.nio.file.Path;
import java.util.Optional;

/// The carrier's SMSC, spoken to in SMPP 3.4. Lengths are those of `bind_transceiver` (SMPP 3.4,
/// 4.1.5).
///
/// @param password what to bind with, whether it was given itself or as [#passwordFile]; absent binds
///     without
/// @param serviceNumber sender of codes, and where devices send their texts to; set by the operator
///     unless the carrier is a simulator on this machine
public record CarrierConfig(
        @Setting(
                help = "Address of the carrier's SMSC",
                byDefault = "127.0.0.1",
                min = "1",
                max = "253",
                pattern = "[A-Za-z0-9.:_%-]+",
                form = "a host name or address such as smsc.carrier.example")
        String host,

        @Setting(help = "Its TCP port", byDefault = "2775", min = "1", max = "65535")
        int port,

        @Setting(help = "Name to bind with", byDefault = "assent", min = "1", max = "15")
        String systemId,

        @Setting(help = "Password to bind with; not as a flag, since other users can see those", min = "1", max = "8")
        Optional<Secret> password,

        @Setting(help = "File whose first line is the password; instead of carrier.password")
        Optional<Path> passwordFile,

        @Setting(help = "System type to bind with, if the carrier asks for one", max = "12")
        Optional<String> systemType,

        @Setting(
                help =
                        "Number that codes come from and that devices send their texts to; must be set unless the carrier is"
                                + " on this machine",
                byDefault = "27722",
                pattern = "\\+?[0-9]{3,15}",
                form = "3 to 15 digits, with a leading + if it is a full international number")
        String serviceNumber,

        CarrierLinkConfig link) {}
