package assent.server.session;

import java.util.List;

/// What follows from an event: the next state, and what is to be done, in order. Immutable.
public record Transition(SessionState state, List<Effect> effects) {
    public Transition {
        effects = List.copyOf(effects);
    }

    static Transition to(SessionState state, Effect... effects) {
        return new Transition(state, List.of(effects));
    }
}
