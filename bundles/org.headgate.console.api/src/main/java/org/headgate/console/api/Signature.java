package org.headgate.console.api;

import java.util.ArrayList;
import java.util.List;

/**
 * How a command is called.
 *
 * @param scope what comes before the colon: {@code device}
 * @param name what comes after the colon: {@code read}
 * @param description one line for the list of commands
 * @param words its arguments as they are typed: {@code DEVICE [CHANNEL...]}; empty when there are none
 * @param options what may stand anywhere between the words
 * @param more what {@code --help} and the manual say beside the description, a paragraph each
 * @param examples calls that work on a gateway with the example set-up; each is run by a test
 * @param endless whether it runs until it is interrupted; others are ended after a minute when they come from exec
 */
public record Signature(
        String scope,
        String name,
        String description,
        String words,
        List<Option> options,
        List<String> more,
        List<Example> examples,
        boolean endless) {
    /** The flag of every command that has a table. */
    public static final String JSON = "--json";

    /**
     * An option.
     *
     * @param name with its dashes: {@code --for}
     * @param value the name of its value, {@code DURATION}; empty for a flag, which stands alone
     * @param description what it does, on one line; empty where the name says it
     */
    public record Option(String name, String value, String description) {
        /** Whether it stands alone. */
        public boolean isFlag() {
            return value.isEmpty();
        }

        /** As it is typed: {@code --for DURATION}. */
        public String usage() {
            return isFlag() ? name : name + " " + value;
        }
    }

    /**
     * An example.
     *
     * @param call the whole line as it is typed
     * @param meaning what it does, on one line
     */
    public record Example(String call, String meaning) {}

    public Signature {
        options = List.copyOf(options);
        more = List.copyOf(more);
        examples = List.copyOf(examples);
    }

    /** A command without arguments: {@code of("device:list", "Lists the devices.")}. */
    public static Signature of(String id, String description) {
        int colon = id.indexOf(':');
        return new Signature(
                id.substring(0, colon),
                id.substring(colon + 1),
                description,
                "",
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    /** With arguments, as they are typed. */
    public Signature words(String arguments) {
        return new Signature(scope, name, description, arguments, options, more, examples, endless);
    }

    /** With a machine-readable output under {@link #JSON}. */
    public Signature json() {
        return flag(JSON, "prints one JSON object or array");
    }

    /** With an option that takes a value: {@code option("--count N", "ends after so many rows")}. */
    public Signature option(String nameAndValue, String meaning) {
        String[] parts = nameAndValue.split(" ", 2);
        return and(new Option(parts[0], parts[1], meaning));
    }

    /** With an option that stands alone: {@code flag("--add", "makes configuration of it")}. */
    public Signature flag(String flag, String meaning) {
        return and(new Option(flag, "", meaning));
    }

    /** With one more paragraph of help. */
    public Signature more(String paragraph) {
        return new Signature(scope, name, description, words, options, plus(more, paragraph), examples, endless);
    }

    /** With an example. */
    public Signature example(String call, String meaning) {
        List<Example> all = plus(examples, new Example(call, meaning));
        return new Signature(scope, name, description, words, options, more, all, endless);
    }

    /** Runs until it is interrupted. */
    public Signature untilInterrupted() {
        return new Signature(scope, name, description, words, options, more, examples, true);
    }

    /** The names of the options that stand alone. */
    public List<String> flags() {
        return options.stream().filter(Option::isFlag).map(Option::name).toList();
    }

    /** The names of the options that take a value: {@code --count} of {@code --count N}. */
    public List<String> optionNames() {
        return options.stream()
                .filter(option -> !option.isFlag())
                .map(Option::name)
                .toList();
    }

    /** The command as it is typed: {@code stream:watch}. */
    public String id() {
        return scope + ":" + name;
    }

    /** The whole call: {@code stream:watch STREAM... [--count N] [--json]}. */
    public String usage() {
        StringBuilder usage = new StringBuilder(id());
        usage.append(words.isEmpty() ? "" : " " + words);
        options.forEach(option -> usage.append(" [").append(option.usage()).append(']'));
        return usage.toString();
    }

    private Signature and(Option option) {
        return new Signature(scope, name, description, words, plus(options, option), more, examples, endless);
    }

    private static <T> List<T> plus(List<T> some, T more) {
        List<T> all = new ArrayList<>(some);
        all.add(more);
        return all;
    }
}
