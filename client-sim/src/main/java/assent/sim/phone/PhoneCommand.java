package assent.sim.phone;

import assent.device.Device;
import assent.device.DeviceConfig;
import assent.device.DeviceFolder;
import assent.device.DeviceNetwork;
import assent.device.DeviceStoreException;
import assent.device.GatewayAddress;
import assent.device.LostPhone;
import assent.device.Standing;
import assent.device.Trust;
import assent.protocol.PhoneNumber;
import assent.sim.carrier.Handset;
import assent.sim.carrier.RemoteHandset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The virtual phone as a program: `client-sim/bin/phone`. Confined to the main thread.
@Command(
        name = "phone",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "A virtual phone in the terminal: shows the notice, asks for your approval, and chats.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or not approved",
            "1:could not connect or go on, or not switched off",
            "2:wrong options"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  phone --number +919876543210 --certificate data/development-certificate.pem",
            "  phone --number +5511987654321 --fingerprint 3f9a… --folder ~/second-phone --locale pt",
            "  phone --number +919876543210 --certificate data/development-certificate.pem --lost"
        })
public final class PhoneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--number",
            paramLabel = "NUMBER",
            required = true,
            description = "The phone's number, with plus and country code. It leaves the phone after your approval.")
    private String number = "";

    @Option(
            names = "--gateway",
            paramLabel = "HOST:PORT",
            split = ",",
            converter = Endpoint.Converter.class,
            description = "Where the gateway listens; several of one installation with commas or by saying it again"
                    + " (default ${DEFAULT-VALUE}).")
    private List<Endpoint> gateways = List.of(new Endpoint("127.0.0.1", 7443));

    @ArgGroup
    private TrustOptions trust = new TrustOptions();

    /// Whom to take for the gateway.
    static final class TrustOptions {
        @Option(
                names = "--certificate",
                paramLabel = "FILE",
                description = "PEM file of the gateway's certificate. Without it and --fingerprint, one that the"
                        + " platform trusts is expected.")
        private @Nullable Path certificate;

        @Option(
                names = "--fingerprint",
                paramLabel = "SHA256",
                description = "SHA-256 of the gateway's certificate, 64 hexadecimal digits.")
        private @Nullable String fingerprint;
    }

    @Option(
            names = "--carrier",
            paramLabel = "HOST:PORT",
            converter = Endpoint.Converter.class,
            description = "Where the carrier simulator listens, for SMS (default ${DEFAULT-VALUE}).")
    private Endpoint carrier = new Endpoint("127.0.0.1", 2775);

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Keys and state; made if it does not exist (default ${DEFAULT-VALUE}).")
    private Path folder = Path.of("phone-data");

    @Option(names = "--locale", paramLabel = "TAG", description = "Language of the notice (default ${DEFAULT-VALUE}).")
    private String locale = "en";

    @Option(
            names = "--lost",
            description = "The phone with this number is lost: switch Assent off for it from here, where its SMS"
                    + " come now. Nothing is activated, and --folder is not touched.")
    private boolean lost;

    @Override
    public Integer call() throws InterruptedException {
        PhoneNumber own = checkedNumber();
        DeviceConfig config = checkedConfig();
        try (Screen screen = Screen.open();
                DeviceNetwork network = DeviceNetwork.open(checkedTrust())) {
            Optional<Handset> handset = handset(own, screen);
            if (lost) {
                return switchOff(network, config, own, handset, screen);
            }
            var phone = new VirtualPhone("", own, handset, screen);
            Device device = Device.open(
                    network, config, DeviceFolder.open(folder, network.journals()), phone, Clock.systemUTC());
            phone.use(device);
            try {
                return run(phone, device, own);
            } finally {
                Answers.await(device.close(), "closing");
                handset.ifPresent(Handset::close);
            }
        } catch (PhoneFailure | DeviceStoreException | IOException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("phone: " + e.getMessage());
            err.flush();
            return 1;
        }
    }

    private int run(VirtualPhone phone, Device device, PhoneNumber own) throws InterruptedException {
        boolean isAnothers = switch (Answers.await(device.standing(), "the phone's folder")) {
            case Standing.Activated(var kept) -> !kept.number().equals(own);
            case Standing.WithdrawalPending(var kept, var _) -> !kept.number().equals(own);
            case Standing.NotActivated(), Standing.Withdrawn _ -> false;
        };
        if (isAnothers) {
            throw new PhoneFailure(
                    folder + " belongs to a phone with another number; give each number its own --folder");
        }
        return switch (new Activation(phone, Optional.empty()).run()) {
            case ACTIVATED -> {
                new Chat(List.of(phone)).run();
                yield 0;
            }
            case DECLINED -> 0;
            case FAILED -> 1;
        };
    }

    private static int switchOff(
            DeviceNetwork network, DeviceConfig config, PhoneNumber number, Optional<Handset> handset, Screen screen)
            throws InterruptedException {
        LostPhone lostPhone = LostPhone.open(network, config);
        try {
            return new LostPhoneDialogue(lostPhone, number, handset, screen).run() ? 0 : 1;
        } finally {
            Answers.await(lostPhone.close(), "closing");
            handset.ifPresent(Handset::close);
        }
    }

    /// Without a carrier, a phone that is activated already can still chat.
    private Optional<Handset> handset(PhoneNumber own, Screen screen) {
        try {
            return Optional.of(RemoteHandset.connect(carrier.host(), carrier.port(), own));
        } catch (IOException e) {
            screen.show("No SMS on this phone: " + e.getMessage() + ".");
            return Optional.empty();
        }
    }

    private PhoneNumber checkedNumber() {
        try {
            return PhoneNumber.parse(number.replaceAll("[\\s().-]", ""));
        } catch (IllegalArgumentException e) {
            throw wrong("--number: " + e.getMessage());
        }
    }

    private DeviceConfig checkedConfig() {
        try {
            var addresses = gateways.stream()
                    .map(gateway -> new GatewayAddress(gateway.host(), gateway.port()))
                    .toList();
            return DeviceConfig.of(addresses, locale);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private Trust checkedTrust() {
        try {
            if (trust.fingerprint != null) {
                return Trust.Pinned.ofHex(trust.fingerprint);
            }
            if (trust.certificate != null) {
                if (!trust.certificate.toFile().canRead()) {
                    throw wrong("--certificate names " + trust.certificate + ", which cannot be read; expected the"
                            + " gateway's certificate, such as development-certificate.pem in its data folder");
                }
                return new Trust.CertificateFile(trust.certificate);
            }
            return new Trust.Platform();
        } catch (IllegalArgumentException e) {
            throw wrong("--fingerprint: " + e.getMessage());
        }
    }

    private ParameterException wrong(@Nullable String problem) {
        return new ParameterException(spec.commandLine(), String.valueOf(problem));
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new PhoneCommand()).execute(args));
    }
}
