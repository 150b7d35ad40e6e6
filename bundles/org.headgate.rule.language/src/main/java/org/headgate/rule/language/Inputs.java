package org.headgate.rule.language;

import java.util.Optional;
import org.headgate.data.api.Schema;

/** What is known of the streams and tables that a rule names. */
public interface Inputs {
    /** Nothing is known. */
    Inputs NONE = new Inputs() {
        @Override
        public Optional<Schema> stream(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Table> table(String name) {
            return Optional.empty();
        }
    };

    /** The columns of a stream, once it has had a row. */
    Optional<Schema> stream(String name);

    /** A table. */
    Optional<Table> table(String name);

    /**
     * Whether a stream may have other columns than those of its schema, as a recording without a schema: a column that it does not have
     * is null instead of a mistake.
     */
    default boolean open(String stream) {
        return false;
    }

    /** One stream and no table. */
    static Inputs of(String name, Schema schema) {
        return new Inputs() {
            @Override
            public Optional<Schema> stream(String wanted) {
                return wanted.equals(name) ? Optional.of(schema) : Optional.empty();
            }

            @Override
            public Optional<Table> table(String wanted) {
                return Optional.empty();
            }
        };
    }
}
