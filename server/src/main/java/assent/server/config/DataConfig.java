package assent.server.config;

import java.nio.file.Path;

/// Where the gateway keeps things.
///
/// @param keyFile pepper and master key; outside [#storeFolder], so that a copy of the store alone
///     opens nothing
public record DataConfig(
        @Setting(help = "Folder for the store and the development certificate; made at first start", byDefault = "data")
        Path folder,

        @Setting(
                help =
                        "File with the pepper and the master key; made with mode 0600 at first start, refused if others can"
                                + " read it, never inside the store's folder",
                byDefault = "<data.folder>/keys.txt")
        Path keyFile) {

    /// The embedded store's own folder.
    public Path storeFolder() {
        return folder.resolve("store");
    }
}
