package assent.server.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What there is to say about one option besides its name and type, which the record component gives.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
    /// One sentence without a full stop: what it does, and what happens at the limit if it is one.
    String help();

    /// The default, written as in a file; lists are separated by commas. Empty: none.
    String byDefault() default "";

    /// Lowest value; for texts the shortest length, for lists the fewest entries. Empty: none.
    String min() default "";

    /// Highest value; for texts the greatest length. Empty: none.
    String max() default "";

    /// Regular expression that texts must match.
    String pattern() default "";

    /// What [#pattern] means, for people, with an example.
    String form() default "";
}
