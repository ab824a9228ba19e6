package assent.server.config;

import java.nio.file.Path;
import java.util.Optional;

/// The gateway's certificate: both files or neither. With neither, a development certificate is made
/// in the data folder.
public record TlsConfig(
        @Setting(
                help = "PEM file with the certificate, followed by its intermediates; without it a development"
                        + " certificate is made in the data folder")
        Optional<Path> certificate,

        @Setting(help = "PEM file with the certificate's private key (PKCS#8, not encrypted, RSA or EC)")
        Optional<Path> key) {}
