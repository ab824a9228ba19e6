package assent.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads YAML, or JSON, into [YamlNode]s that know their places. Confined to its thread.
///
/// Jackson's parser is used token by token, not its mapping to objects, which stops at the first error
/// and would print the line in which it is, and with it perhaps a password.
public final class YamlReader {
    private static final int FILE_BYTES_MAX = 1 << 20;
    private static final int DEPTH_MAX = 10;

    private final String name;

    private YamlReader(String name) {
        this.name = name;
    }

    /// @return the file's one section; empty if the file says nothing
    /// @throws ConfigException if the file is unreadable or no YAML mapping
    static YamlNode.Mapping read(Path file) {
        var reader = new YamlReader(file.toString());
        String text = reader.textOf(file);
        try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            return reader.document(parser);
        } catch (JacksonException e) {
            throw reader.malformed(e);
        }
    }

    /// Reads a text; one that begins with a brace is JSON.
    ///
    /// @param name of the text, for error messages
    /// @throws ConfigException if it is no mapping in either form
    public static YamlNode.Mapping parse(String name, String text) {
        var reader = new YamlReader(name);
        boolean json = text.stripLeading().startsWith("{");
        try (JsonParser parser = json
                ? new JsonFactory().createParser(ObjectReadContext.empty(), text)
                : new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            return reader.document(parser);
        } catch (JacksonException e) {
            throw json ? reader.malformedJson(e) : reader.malformed(e);
        }
    }

    private String textOf(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw failure("is larger than " + FILE_BYTES_MAX + " bytes", "Name the gateway's configuration file");
            }
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (NoSuchFileException _) {
            throw failure("the file does not exist", "Create it, or name another one with --config");
        } catch (CharacterCodingException _) {
            throw failure("the file is not UTF-8 text", "Save it as UTF-8");
        } catch (IOException e) {
            throw failure(
                    "the file cannot be read (" + e.getClass().getSimpleName() + ")",
                    "Let the gateway's user read it, or name another one with --config");
        }
    }

    private YamlNode.Mapping document(JsonParser parser) {
        if (parser.nextToken() == null || parser.currentToken() == JsonToken.VALUE_NULL) {
            return new YamlNode.Mapping(List.of(), new Origin.File(name, 1, 1));
        }
        YamlNode root = node(parser, 0);
        if (!(root instanceof YamlNode.Mapping mapping)) {
            throw failure(
                    root.place(),
                    "holds " + root.kind() + "; expected sections, each a name and a colon with lines below it",
                    "See `gateway help`");
        }
        if (parser.nextToken() != null) {
            throw failure(
                    place(parser),
                    "a second document begins here; expected one",
                    "Remove the line '---' and what follows");
        }
        return mapping;
    }

    private YamlNode node(JsonParser parser, int depth) {
        Origin.File place = place(parser);
        if (depth > DEPTH_MAX) {
            throw failure(
                    place,
                    "more than " + DEPTH_MAX + " levels of sections or lists",
                    "See `gateway help` for the options");
        }
        if ((parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) || parser.getObjectId() != null) {
            throw failure(
                    place,
                    "anchors and aliases (& and *) are not supported",
                    "Write the value itself, in quotes if it begins with & or *");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, place, depth);
            case START_ARRAY -> sequence(parser, place, depth);
            case VALUE_NULL -> new YamlNode.Nothing(place);
            default -> new YamlNode.Scalar(parser.getString(), place);
        };
    }

    private YamlNode.Mapping mapping(JsonParser parser, Origin.File place, int depth) {
        var entries = new ArrayList<YamlNode.Entry>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Origin.File keyPlace = place(parser);
            String key = parser.getString();
            parser.nextToken();
            entries.add(new YamlNode.Entry(key, keyPlace, node(parser, depth + 1)));
        }
        return new YamlNode.Mapping(entries, place);
    }

    private YamlNode.Sequence sequence(JsonParser parser, Origin.File place, int depth) {
        var entries = new ArrayList<YamlNode>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            entries.add(node(parser, depth + 1));
        }
        return new YamlNode.Sequence(entries, place);
    }

    private Origin.File place(JsonParser parser) {
        var location = parser.currentTokenLocation();
        return new Origin.File(name, location.getLineNr(), location.getColumnNr());
    }

    /// Takes only the parser's own words: its full message quotes the file.
    private ConfigException malformed(JacksonException e) {
        var location = e.getLocation();
        int line = location == null ? 1 : Math.max(1, location.getLineNr());
        int column = location == null ? 1 : Math.max(1, location.getColumnNr());
        String words = "";
        if (e.getCause() instanceof MarkedYamlEngineException marked) {
            words = marked.getProblem();
            // Jackson tells where the last good token was; the mark is where the trouble is, counted from 0.
            line = marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(line);
            column = marked.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(column);
        }
        return failure(
                new Origin.File(name, line, column),
                "not valid YAML" + (words.isEmpty() ? "" : " (" + words + ")")
                        + "; expected lines such as 'heartbeat: 30s', indented with spaces below their section",
                "Correct this line or the one before it");
    }

    private ConfigException malformedJson(JacksonException e) {
        var location = e.getLocation();
        return failure(
                new Origin.File(
                        name,
                        location == null ? 1 : Math.max(1, location.getLineNr()),
                        location == null ? 1 : Math.max(1, location.getColumnNr())),
                "not valid JSON; expected an object such as {\"activation\": {\"state\": \"OPEN\"}}",
                "Correct this line or the one before it");
    }

    private ConfigException failure(String what, String next) {
        return new ConfigException(List.of(new Problem(name, "", what, next)));
    }

    private static ConfigException failure(Origin.File place, String what, String next) {
        return new ConfigException(List.of(new Problem(place.shown(), "", what, next)));
    }
}
