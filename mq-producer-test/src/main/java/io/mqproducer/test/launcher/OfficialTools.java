package io.mqproducer.test.launcher;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs RocketMQ's own tools: {@code mqadmin}, and what reads message traces. For one thread. */
final class OfficialTools {

    private static final List<String> CONTEXT_FIELDS =
            List.of("TraceType", "TimeStamp", "RegionId", "GroupName", "CostTime");
    private static final List<String> BEAN_FIELDS = List.of(
            "Topic",
            "MsgId",
            "OffsetMsgId",
            "Tags",
            "Keys",
            "StoreHost",
            "BodyLength",
            "MsgType",
            "TransactionState",
            "TransactionId");

    private final ClientSettings settings;

    OfficialTools(ClientSettings settings) {
        this.settings = settings;
    }

    /** Asked with number and texts of the arguments; answered with what the tool prints. */
    void admin(DataInputStream question, DataOutputStream answer) throws Exception {
        List<String> arguments = new ArrayList<>();
        for (int i = question.readInt(); i > 0; i--) {
            arguments.add(question.readUTF());
        }
        arguments.addAll(List.of("-n", settings.nameServers()));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Reflected.ofClass("org.apache.rocketmq.tools.command.MQAdminStartup")
                    .call("main0", arguments.toArray(String[]::new), null);
        } finally {
            System.setOut(before);
        }
        answer.writeByte(ClientMain.DONE);
        answer.writeInt(printed.size());
        printed.writeTo(answer);
    }

    /** Asked with length and bytes of a trace message's body; answered with its records, each as fields and values. */
    void traces(DataInputStream question, DataOutputStream answer) throws Exception {
        String body = new String(question.readNBytes(question.readInt()), StandardCharsets.UTF_8);
        List<?> contexts = (List<?>) Reflected.ofClass("org.apache.rocketmq.client.trace.TraceDataEncoder")
                .call("decoderFromTraceDataString", body);
        answer.writeByte(ClientMain.DONE);
        answer.writeInt(contexts.size());
        for (Object each : contexts) {
            Reflected context = new Reflected(each);
            List<String> fields = new ArrayList<>();
            add(fields, context, CONTEXT_FIELDS);
            fields.addAll(List.of("Success", context.text("isSuccess")));
            Reflected bean = new Reflected(((List<?>) context.call("getTraceBeans")).get(0));
            add(fields, bean, BEAN_FIELDS);
            fields.addAll(List.of("FromTransactionCheck", bean.text("isFromTransactionCheck")));
            answer.writeInt(fields.size());
            for (String field : fields) {
                answer.writeUTF(field);
            }
        }
    }

    private static void add(List<String> fields, Reflected from, List<String> names) throws Exception {
        for (String name : names) {
            fields.add(name);
            fields.add(from.text("get" + name));
        }
    }
}
