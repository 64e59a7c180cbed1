package io.mqproducer.internal.protocol;

/** What a request asks for: the codes that this producer sends or is sent. */
public enum RequestCode {
    SEND_MESSAGE_V2(310),
    SEND_BATCH_MESSAGE(320),
    SEND_REPLY_MESSAGE_V2(325),
    END_TRANSACTION(37),
    RECALL_MESSAGE(370),
    UPDATE_AND_CREATE_TOPIC(17),
    SEARCH_OFFSET_BY_TIMESTAMP(29),
    GET_MAX_OFFSET(30),
    GET_MIN_OFFSET(31),
    GET_EARLIEST_MSG_STORETIME(32),
    VIEW_MESSAGE_BY_ID(33),
    QUERY_MESSAGE(12),
    GET_ROUTEINFO_BY_TOPIC(105),
    HEART_BEAT(34),
    UNREGISTER_CLIENT(35),
    CHECK_TRANSACTION_STATE(39),
    NOTIFY_CONSUMER_IDS_CHANGED(40),
    PUSH_REPLY_MESSAGE_TO_CLIENT(326);

    private final int code;

    RequestCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
