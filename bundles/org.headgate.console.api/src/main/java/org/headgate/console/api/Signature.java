package org.headgate.console.api;

import java.util.ArrayList;
import java.util.List;

/**
 * How a command is called.
 *
 * @param scope what comes before the colon: {@code device}
 * @param name what comes after the colon: {@code read}
 * @param description one line for {@code help}
 * @param words its arguments as they are typed: {@code DEVICE [CHANNEL...]}; empty when there are none
 * @param flags options that stand alone, such as {@code --json}; they may stand anywhere
 * @param options options that take the next word, such as {@code --for}, with the name of their value: {@code --for DURATION}
 * @param endless whether it runs until it is interrupted; others are ended after a minute when they come from exec
 */
public record Signature(
        String scope,
        String name,
        String description,
        String words,
        List<String> flags,
        List<String> options,
        boolean endless) {
    /** The flag of every command that has a table. */
    public static final String JSON = "--json";

    public Signature {
        flags = List.copyOf(flags);
        options = List.copyOf(options);
    }

    /** A command without arguments: {@code of("device:list", "Lists the devices.")}. */
    public static Signature of(String id, String description) {
        int colon = id.indexOf(':');
        return new Signature(
                id.substring(0, colon), id.substring(colon + 1), description, "", List.of(), List.of(), false);
    }

    /** With arguments, as they are typed. */
    public Signature words(String arguments) {
        return new Signature(scope, name, description, arguments, flags, options, endless);
    }

    /** With a machine-readable output under {@link #JSON}. */
    public Signature json() {
        return new Signature(scope, name, description, words, and(flags, JSON), options, endless);
    }

    /** With an option that takes a value: {@code option("--count N")}. */
    public Signature option(String nameAndValue) {
        return new Signature(scope, name, description, words, flags, and(options, nameAndValue), endless);
    }

    /** Runs until it is interrupted. */
    public Signature untilInterrupted() {
        return new Signature(scope, name, description, words, flags, options, true);
    }

    /** The name of an option: {@code --count} of {@code --count N}. */
    public List<String> optionNames() {
        return options.stream().map(option -> option.split(" ")[0]).toList();
    }

    /** The whole call: {@code stream:watch STREAM... [--count N] [--json]}. */
    public String usage() {
        StringBuilder usage = new StringBuilder(scope + ":" + name);
        usage.append(words.isEmpty() ? "" : " " + words);
        options.forEach(option -> usage.append(" [").append(option).append(']'));
        flags.forEach(flag -> usage.append(" [").append(flag).append(']'));
        return usage.toString();
    }

    private static List<String> and(List<String> some, String more) {
        List<String> all = new ArrayList<>(some);
        all.add(more);
        return all;
    }
}
