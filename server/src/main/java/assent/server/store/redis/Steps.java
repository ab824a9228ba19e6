package assent.server.store.redis;

import assent.server.redis.Command;
import assent.server.redis.Pipes;
import assent.server.redis.RedisException;
import assent.server.store.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes a batch to Redis in as few exchanges as its order allows: neighbours that are one script each
/// share one pipeline, what takes several stages goes between. The last exchange has the replicas
/// confirm everything. Confined to the store's writer.
final class Steps {
    /// A number whose device changes so often while a text to it is written is no number of a phone.
    private static final int TRIES_MAX = 5;

    private final Pipes writer;
    private final Homes homes;
    private final Consents consents;

    Steps(Pipes writer, Homes homes, Consents consents) {
        this.writer = writer;
        this.homes = homes;
        this.consents = consents;
    }

    /// @return a result for each
    List<Write.Result> run(List<Work> works) throws RedisException {
        writer.begin();
        consents.begin();
        Write.@Nullable Result[] results = new Write.Result[works.size()];
        List<Integer> pipe = new ArrayList<>();
        for (int i = 0; i < works.size(); i++) {
            switch (works.get(i)) {
                case Work.Piped _ -> pipe.add(i);
                case Work.Staged(var stages) -> {
                    flush(works, pipe, results, false);
                    results[i] = stages.run();
                }
            }
        }
        flush(works, pipe, results, true);
        consents.stepConfirmed();
        return Arrays.stream(results).<Write.Result>map(Objects::requireNonNull).toList();
    }

    private void flush(List<Work> works, List<Integer> pipe, Write.@Nullable Result[] results, boolean confirm)
            throws RedisException {
        List<Integer> open = new ArrayList<>(pipe);
        pipe.clear();
        int tries = 0;
        do {
            if (tries++ == TRIES_MAX) {
                throw new RedisException("A number changed hands " + TRIES_MAX + " times within one step; try again.");
            }
            exchange(works, open, results, confirm);
            open.removeIf(i -> results[i] != null);
        } while (!open.isEmpty());
    }

    private void exchange(List<Work> works, List<Integer> open, Write.@Nullable Result[] results, boolean confirm)
            throws RedisException {
        Homes.Looks looks =
                homes.looks(open.stream().map(i -> (Work.Piped) works.get(i)).toList());
        if (!looks.isEmpty()) {
            looks.answer(writer.run(looks.commands()));
        }
        List<Command> commands = new ArrayList<>(open.size());
        List<Work.Meaning> meanings = new ArrayList<>(open.size());
        List<Integer> asked = new ArrayList<>(open.size());
        for (int i : open) {
            switch (((Work.Piped) works.get(i)).planning().plan()) {
                case Work.Plan.Known(var result) -> results[i] = result;
                case Work.Plan.Ask(var command, var meaning) -> {
                    commands.add(command);
                    meanings.add(meaning);
                    asked.add(i);
                }
            }
        }
        List<@Nullable Object> replies = confirm ? writer.runConfirmed(commands) : writer.run(commands);
        for (int i = 0; i < asked.size(); i++) {
            Write.Result result =
                    meanings.get(i).of(Objects.requireNonNull(replies.get(i))).orElse(null);
            results[asked.get(i)] = result;
        }
    }
}
