package org.headgate.rule.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.ArgumentException;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;

/** Structs, which eKuiper calls objects. Members keep their order. */
final class StructFunctions {
    private static final String S = "{\"s\": {\"a\": 1, \"b\": 2}}";
    private static final String KEY = "key";
    private static final String VALUE = "value";

    private StructFunctions() {}

    static List<FunctionDefinition> all() {
        FunctionDefinition construct = Define.of(
                        "object_construct(name, x, ...)",
                        "a struct of names and values; nulls are left out",
                        "object_construct('a', 1, 'b', 'x')",
                        "{\"a\":1,\"b\":\"x\"}")
                .more(Kind.ANY)
                .seesNulls()
                .object(Type.STRUCT, StructFunctions::construct);
        return List.of(
                Define.of("keys(s)", "a struct's names", "keys(s)", S, "[\"a\",\"b\"]")
                        .takes(Kind.STRUCT)
                        .object(
                                Type.ARRAY,
                                (frame, v) -> new ArrayList<>(map(v[0]).keySet())),
                Define.of("values(s)", "a struct's values", "values(s)", S, "[1,2]")
                        .takes(Kind.STRUCT)
                        .object(
                                Type.ARRAY,
                                (frame, v) -> new ArrayList<>(map(v[0]).values())),
                Define.of(
                                "items(s)",
                                "a struct's names and values, as arrays of two",
                                "items(s)",
                                S,
                                "[[\"a\",1],[\"b\",2]]")
                        .takes(Kind.STRUCT)
                        .object(Type.ARRAY, (frame, v) -> items(map(v[0]))),
                Define.of("object_size(s)", "the number of a struct's members", "object_size(s)", S, "2")
                        .takes(Kind.STRUCT)
                        .ofNull(0L)
                        .whole((frame, v) -> (long) map(v[0]).size()),
                Define.of(
                                "object(names, values)",
                                "a struct of an array of names and one of values",
                                "object(a, b)",
                                "{\"a\": [\"x\", \"y\"], \"b\": [1, 2]}",
                                "{\"x\":1,\"y\":2}")
                        .takes(Kind.ARRAY, Kind.ARRAY)
                        .object(Type.STRUCT, StructFunctions::object),
                Define.of(
                                "zip(items)",
                                "a struct of an array of names and values, each an array of two",
                                "zip(a)",
                                "{\"a\": [[\"x\", 1], [\"y\", 2]]}",
                                "{\"x\":1,\"y\":2}")
                        .takes(Kind.ARRAY)
                        .object(Type.STRUCT, StructFunctions::zip),
                pairs(construct),
                Define.of(
                                "object_concat(s, t, ...)",
                                "the members of several structs; of two with the same name the later one counts",
                                "object_concat(s, object_construct('b', 3))",
                                S,
                                "{\"a\":1,\"b\":3}")
                        .takes(Kind.STRUCT, Kind.STRUCT)
                        .more(Kind.STRUCT)
                        .seesNulls()
                        .object(Type.STRUCT, StructFunctions::concat),
                Define.of(
                                "erase(s, names)",
                                "a struct without a name or an array of names",
                                "erase(s, 'a')",
                                S,
                                "{\"b\":2}")
                        .takes(Kind.STRUCT, Kind.ANY)
                        .object(Type.STRUCT, StructFunctions::erase),
                Define.of(
                                "object_pick(s, name, ...)",
                                "a struct's members of some names, or of an array of names; a.b is a member's member",
                                "object_pick(s, 'b', 'c.d')",
                                "{\"s\": {\"a\": 1, \"b\": 2, \"c\": {\"d\": 3, \"e\": 4}}}",
                                "{\"b\":2,\"c\":{\"d\":3}}")
                        .takes(Kind.STRUCT, Kind.ANY)
                        .more(Kind.ANY)
                        .object(Type.STRUCT, StructFunctions::pick),
                Define.of(
                                "obj_to_kvpair_array(s)",
                                "a struct's members as structs with key and value",
                                "obj_to_kvpair_array(s)",
                                "{\"s\": {\"a\": 1}}",
                                "[{\"key\":\"a\",\"value\":1}]")
                        .takes(Kind.STRUCT)
                        .object(Type.ARRAY, (frame, v) -> toPairs(map(v[0]))),
                Define.of(
                                "kvpair_array_to_obj(a)",
                                "a struct of an array of structs with key and value",
                                "kvpair_array_to_obj(a)",
                                "{\"a\": [{\"key\": \"x\", \"value\": 1}]}",
                                "{\"x\":1}")
                        .takes(Kind.ARRAY)
                        .object(Type.STRUCT, StructFunctions::ofPairs));
    }

    /** Names and values come in pairs, and a name is a text: judged when the rule is compiled. */
    private static FunctionDefinition pairs(FunctionDefinition construct) {
        FunctionDefinition.ScalarCompiler compiler = ((FunctionDefinition.Scalar) construct).compiler();
        return new FunctionDefinition.Scalar(construct.signature(), arguments -> {
            if (arguments.size() % 2 != 0) {
                throw new ArgumentException(-1, construct.usage());
            }
            for (int i = 0; i < arguments.size(); i += 2) {
                FunctionDefinition.text(arguments, i);
            }
            return compiler.compile(arguments);
        });
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static Object construct(Frame frame, Object[] v) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (int i = 0; i < v.length; i += 2) {
            if (v[i] != null && v[i + 1] != null) {
                all.put(Values.text(v[i]), v[i + 1]);
            }
        }
        return all;
    }

    private static Object items(Map<?, ?> map) {
        List<Object> all = new ArrayList<>();
        map.forEach((name, value) -> all.add(Arrays.asList(name, value)));
        return all.isEmpty() ? null : all;
    }

    private static Object object(Frame frame, Object[] v) {
        List<?> names = ArrayFunctions.list(v[0]);
        List<?> values = ArrayFunctions.list(v[1]);
        if (names.size() != values.size()) {
            return Values.failed(
                    frame, "expected as many values as names, found " + values.size() + " for " + names.size());
        }
        Map<String, Object> all = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (!(names.get(i) instanceof String name)) {
                return Values.wrong(frame, "a name", names.get(i));
            }
            all.put(name, values.get(i));
        }
        return all.isEmpty() ? null : all;
    }

    private static Object zip(Frame frame, Object[] v) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Object item : ArrayFunctions.list(v[0])) {
            if (item != null) {
                if (!(item instanceof List<?> pair) || pair.size() != 2 || !(pair.get(0) instanceof String name)) {
                    return Values.wrong(frame, "an array of a name and a value", item);
                }
                all.put(name, pair.get(1));
            }
        }
        return all.isEmpty() ? null : all;
    }

    private static Object concat(Frame frame, Object[] v) {
        Map<Object, Object> all = new LinkedHashMap<>();
        for (Object struct : v) {
            if (struct != null) {
                all.putAll(map(struct));
            }
        }
        return ArrayFunctions.isSize(frame, all.size()) ? all : null;
    }

    private static Object erase(Frame frame, Object[] v) {
        Map<Object, Object> rest = new LinkedHashMap<>(map(v[0]));
        if (v[1] instanceof String name) {
            rest.remove(name);
        } else if (v[1] instanceof List<?> names) {
            names.forEach(name -> rest.remove(String.valueOf(name)));
        } else {
            return Values.wrong(frame, "a name or an array of names", v[1]);
        }
        return rest;
    }

    private static Object pick(Frame frame, Object[] v) {
        Map<Object, Object> picked = new LinkedHashMap<>();
        for (int i = 1; i < v.length; i++) {
            List<?> names = v[i] instanceof List<?> list ? list : Arrays.asList(v[i]);
            for (Object name : names) {
                if (!(name instanceof String path)) {
                    return Values.wrong(frame, "a name", name);
                }
                pick(map(v[0]), path, picked);
            }
        }
        return picked;
    }

    private static void pick(Map<?, ?> from, String path, Map<Object, Object> into) {
        int dot = path.indexOf('.');
        if (from.containsKey(path) || dot < 0) {
            if (from.containsKey(path)) {
                into.put(path, from.get(path));
            }
            return;
        }
        String name = path.substring(0, dot);
        if (from.get(name) instanceof Map<?, ?> inner) {
            Map<Object, Object> picked = new LinkedHashMap<>();
            if (into.get(name) instanceof Map<?, ?> before) {
                picked.putAll(before);
            }
            pick(inner, path.substring(dot + 1), picked);
            if (!picked.isEmpty()) {
                into.put(name, picked);
            }
        }
    }

    private static Object toPairs(Map<?, ?> map) {
        List<Object> all = new ArrayList<>();
        map.forEach((name, value) -> {
            Map<String, Object> pair = new LinkedHashMap<>();
            pair.put(KEY, name);
            pair.put(VALUE, value);
            all.add(pair);
        });
        return all;
    }

    private static Object ofPairs(Frame frame, Object[] v) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Object item : ArrayFunctions.list(v[0])) {
            if (!(item instanceof Map<?, ?> pair)
                    || pair.size() != 2
                    || !pair.containsKey(VALUE)
                    || !(pair.get(KEY) instanceof String name)) {
                return Values.wrong(frame, "a struct with key and value", item);
            }
            all.put(name, pair.get(VALUE));
        }
        return all;
    }
}
