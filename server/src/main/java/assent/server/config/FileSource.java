package assent.server.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes the options out of a YAML file's sections, and notes everything that is wrong on the way.
/// Confined to its thread.
final class FileSource {
    private final List<Problem> problems;
    private final List<Given> given = new ArrayList<>();

    private FileSource(List<Problem> problems) {
        this.problems = problems;
    }

    static List<Given> read(YamlNode.Mapping file, List<Problem> problems) {
        var source = new FileSource(problems);
        source.section("", file);
        return source.given;
    }

    private void section(String path, YamlNode.Mapping mapping) {
        Map<String, Origin.File> seen = new HashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            String here = Options.join(path, entry.key());
            Origin.File before = seen.putIfAbsent(entry.key(), entry.place());
            if (before != null) {
                note(
                        entry.place(),
                        here,
                        Quoted.of(here) + " stands here for a second time; the first is in line " + before.line(),
                        "Remove one of the two");
            } else if (Options.at(here).isPresent()) {
                option(Options.at(here).get(), entry.value());
            } else if (Options.isSection(here)) {
                subsection(here, entry.value());
            } else {
                unknown(path, entry);
            }
        }
    }

    private void subsection(String path, YamlNode value) {
        switch (value) {
            case YamlNode.Mapping mapping -> section(path, mapping);
            case YamlNode.Nothing _ -> {} // a section whose options are all commented out
            case YamlNode.Scalar _, YamlNode.Sequence _ ->
                note(
                        value.place(),
                        path,
                        path + " is " + value.kind() + "; expected a section with "
                                + String.join(", ", Options.namesIn(path)),
                        "Write each option on a line of its own below '" + path.replaceFirst(".*\\.", "")
                                + ":', indented");
        }
    }

    private void option(Option option, YamlNode value) {
        Reading reading = switch (value) {
            case YamlNode.Scalar scalar
            when option.type() instanceof ValueType.Many -> new Reading.Bad("is " + scalar.kind());
            case YamlNode.Scalar scalar -> option.type().read(scalar.text());
            case YamlNode.Sequence sequence when option.type() instanceof ValueType.Many many -> list(many, sequence);
            case YamlNode.Nothing _ -> new Reading.Bad("has no value");
            case YamlNode.Sequence _, YamlNode.Mapping _ -> new Reading.Bad("is " + value.kind());
        };
        switch (reading) {
            case Reading.Good good -> given.add(new Given(option, good.value(), value.place()));
            case Reading.Bad bad -> problems.add(Problems.badValue(option, value.place(), bad.found()));
        }
    }

    private static Reading list(ValueType.Many many, YamlNode.Sequence sequence) {
        var texts = new ArrayList<String>();
        for (YamlNode entry : sequence.entries()) {
            if (!(entry instanceof YamlNode.Scalar scalar)) {
                return new Reading.Bad("has an entry that is " + entry.kind());
            }
            texts.add(scalar.text());
        }
        return many.readAll(texts);
    }

    private void unknown(String section, YamlNode.Entry entry) {
        String path = Options.join(section, entry.key());
        Optional<String> moved = Moved.next(path);
        if (moved.isPresent()) {
            note(entry.place(), path, Quoted.of(path) + " is no option any more", moved.get());
            return;
        }
        String where = section.isEmpty() ? "the configuration" : "section '" + section + "'";
        note(
                entry.place(),
                Options.join(section, entry.key()),
                Quoted.of(entry.key()) + " is no option of " + where + "; expected one of "
                        + String.join(", ", Options.namesIn(section)),
                suggestion(section, entry.key()));
    }

    private static String suggestion(String section, String key) {
        var elsewhere = Options.all().stream()
                .map(Option::path)
                .filter(path -> path.endsWith("." + key))
                .findFirst();
        return NearMiss.of(key, Options.namesIn(section))
                .or(() -> elsewhere)
                .map(name -> "Did you mean '" + name + "'")
                .map(question -> question + "? Correct the name, or remove the line")
                .orElse("Correct the name, or remove the line");
    }

    private void note(Origin.File place, String option, String what, String next) {
        problems.add(new Problem(place.shown(), option, what, next));
    }
}
