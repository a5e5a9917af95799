//! What products are drawn from.

/// A kind of thing that a feature looks after: plural, singular, and its fields.
pub type Resource = (&'static str, &'static str, &'static str);

/// A feature: its name, who uses it, its resources, and what can be done with one of the first.
pub type Template = (&'static str, &'static str, [Resource; 2], &'static str);

pub const STOCK: &[Template] = &[
    (
        "Bookings",
        "guest",
        [
            ("bookings", "booking", "startsOn guests:n note confirmed:b roomName price:n labels:l"),
            ("rooms", "room", "label floor:n seats:n barrierFree:b equipment:l"),
        ],
        "cancel",
    ),
    (
        "Billing",
        "accountant",
        [
            ("invoices", "invoice", "amount:n currency dueOn paid:b customerName lines:l memo"),
            ("refunds", "refund", "reason cents:n approved:b requestedOn"),
        ],
        "send",
    ),
    (
        "Messaging",
        "member",
        [
            ("threads", "thread", "subject participants:l unread:n muted:b lastSender openedOn"),
            ("drafts", "draft", "body recipients:l savedOn urgent:b"),
        ],
        "archive",
    ),
    (
        "Reviews",
        "shopper",
        [
            ("reviews", "review", "stars:n headline comment verified:b helpful:n photos:l"),
            ("replies", "reply", "wording author hidden:b postedOn"),
        ],
        "publish",
    ),
    (
        "Inventory",
        "stock keeper",
        [
            ("items", "item", "sku quantity:n shelf fragile:b supplierName weight:n tags:l"),
            ("counts", "count", "countedOn expected:n found:n counter"),
        ],
        "restock",
    ),
    (
        "Shipping",
        "dispatcher",
        [
            ("shipments", "shipment", "carrier trackingCode weightKg:n express:b destination"),
            ("labels", "label", "format size:n printed:b barcode"),
        ],
        "dispatch",
    ),
    (
        "Surveys",
        "researcher",
        [
            ("surveys", "survey", "question choices:l anonymous:b closesOn answers:n audience"),
            ("panels", "panel", "panelName size:n region active:b"),
        ],
        "close",
    ),
    (
        "Support",
        "support agent",
        [
            ("tickets", "ticket", "summary severity:n reporter escalated:b topics:l openedOn"),
            ("macros", "macro", "shortcut reply shared:b uses:n"),
        ],
        "reopen",
    ),
    (
        "Courses",
        "teacher",
        [
            ("lessons", "lesson", "theme minutes:n room online:b materials:l teacher"),
            ("grades", "grade", "points:n remark final:b gradedOn"),
        ],
        "repeat",
    ),
    (
        "Fleet",
        "driver",
        [
            ("vehicles", "vehicle", "plate mileage:n fuel electric:b depot inspectedOn"),
            ("trips", "trip", "origin target distance:n private:b"),
        ],
        "retire",
    ),
];

pub const TITLES: &[&str] = &["Harborlight", "Fernhill", "Cobblestone", "Quayside", "Mapleworks"];
