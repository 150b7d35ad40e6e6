package org.headgate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Instance;
import org.headgate.config.api.SecretKeys;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Texts;
import org.headgate.config.api.Validator;
import org.headgate.config.text.SettingsText;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges files by what those say who run them. Thread-safe. */
@Component(service = Validators.class)
public final class Validators {
    private static final Logger LOG = LoggerFactory.getLogger(Validators.class);

    private final List<Validator> validators = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(Validator validator) {
        validators.add(validator);
    }

    void unbind(Validator validator) {
        validators.remove(validator);
    }

    /** All files as values. */
    static SetUp setUp(SortedMap<String, byte[]> files) {
        SortedMap<String, SetUp.Contents> contents = new TreeMap<>();
        files.forEach((file, bytes) -> {
            SettingsText text = SettingsText.parse(bytes);
            contents.put(file, new SetUp.Contents(text.values(), text.broken()));
        });
        return new SetUp(contents);
    }

    /** What is wrong with a file of a set-up, one line each without the file's name; empty when it is not in it. */
    List<String> problems(String file, SetUp whole) {
        Optional<Instance> instance = whole.instance(file);
        Optional<FileName> name = FileName.of(file);
        if (instance.isEmpty() || name.isEmpty()) {
            return List.of();
        }
        if (instance.get().broken().isPresent()) {
            return List.of(instance.get().broken().get());
        }
        List<String> problems = new ArrayList<>();
        if (name.get().factory() && !name.get().isNameValid()) {
            problems.add(name.get().name() + " cannot be a name (expected: " + Texts.NAME_EXPECTED + ")");
        }
        for (Validator validator : validators) {
            if (validator.kind().equals(name.get().kind())) {
                problems.addAll(judged(validator, file, whole));
            }
        }
        whole.files().get(file).values().forEach((key, value) -> {
            if (SecretKeys.isClearText(key, value)) {
                refuseClearText(key, value, problems);
            }
        });
        return problems;
    }

    /** Whoever has a say of his own on the same key has said it, but may have repeated the secret. */
    private static void refuseClearText(String key, String value, List<String> problems) {
        String repeated = key + ": " + value;
        problems.replaceAll(problem -> problem.startsWith(repeated)
                ? key + ": " + SecretKeys.MASK + problem.substring(repeated.length())
                : problem);
        if (problems.stream().noneMatch(problem -> problem.startsWith(key + ":"))) {
            problems.add(key + ": " + SecretKeys.MASK
                    + " (expected: @NAME of a secret that secret:set NAME has set; clear text is refused)");
        }
    }

    /** A validator that fails is a defect of ours, and no reason to keep a user from his work. */
    private static List<String> judged(Validator validator, String file, SetUp whole) {
        try {
            // Settings remember what was asked for: each validator gets its own.
            return validator.problems(whole.instance(file).orElseThrow(), whole);
        } catch (RuntimeException | LinkageError | StackOverflowError defect) {
            LOG.error("{} cannot be judged", file, defect);
            return List.of();
        }
    }
}
