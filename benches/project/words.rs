//! Names and sentences, drawn from lists by a small generator of numbers.

/// What features are called: one word of each list. No word begins another, so that a part of a
/// name never means two features.
#[rustfmt::skip]
pub const AREAS: [&str; 160] = [
    "Harbor", "Market", "Garden", "Clinic", "Kitchen", "Airport", "Museum", "Theater", "Stadium",
    "Factory", "Orchard", "Vineyard", "Bakery", "Brewery", "Laundry", "Nursery", "Pharmacy",
    "Academy", "Chapel", "Castle", "Village", "District", "Region", "Island", "Valley", "Canyon",
    "Desert", "Prairie", "Meadow", "Glacier", "Lagoon", "Estuary", "Summit", "Ridge", "Plateau",
    "Tunnel", "Bridge", "Ferry", "Tramway", "Bicycle", "Scooter", "Caravan", "Trailer", "Tractor",
    "Railway", "Freight", "Parcel", "Courier", "Cargo", "Pallet", "Silo", "Depot", "Hangar",
    "Garage", "Basement", "Attic", "Balcony", "Terrace", "Courtyard", "Lobby", "Corridor",
    "Elevator", "Staircase", "Rooftop", "Chimney", "Furnace", "Boiler", "Radiator", "Plumbing",
    "Wiring", "Lighting", "Solar", "Turbine", "Battery", "Reactor", "Refinery", "Reservoir",
    "Aqueduct", "Sewer", "Compost", "Timber", "Lumber", "Quarry", "Foundry", "Smelter", "Textile",
    "Leather", "Ceramic", "Glass", "Paper", "Rubber", "Plastic", "Carbon", "Copper", "Silver",
    "Bronze", "Nickel", "Cobalt", "Chrome", "Amber", "Coral", "Pearl", "Ivory", "Velvet", "Linen",
    "Cotton", "Woolen", "Silk", "Denim", "Canvas", "Barley", "Wheat", "Maize", "Lentil", "Potato",
    "Carrot", "Onion", "Garlic", "Pepper", "Ginger", "Saffron", "Vanilla", "Cocoa", "Coffee",
    "Honey", "Butter", "Cheese", "Yogurt", "Poultry", "Cattle", "Sheep", "Salmon", "Oyster",
    "Lobster", "Shrimp", "Falcon", "Heron", "Pelican", "Sparrow", "Swallow", "Badger", "Beaver",
    "Otter", "Marten", "Walnut", "Chestnut", "Hazel", "Maple", "Willow", "Poplar", "Juniper",
    "Cypress", "Cedar", "Lavender", "Thistle", "Clover", "Marigold", "Tulip", "Orchid", "Jasmine",
];

/// See [`AREAS`].
#[rustfmt::skip]
pub const MATTERS: [&str; 160] = [
    "Invoices", "Orders", "Payments", "Refunds", "Deposits", "Budgets", "Forecasts", "Ledgers",
    "Receipts", "Quotes", "Auctions", "Vouchers", "Coupons", "Discounts", "Rewards", "Memberships",
    "Renewals", "Newsletters", "Surveys", "Ratings", "Bookmarks", "Playlists", "Albums",
    "Galleries", "Signatures", "Permits", "Licenses", "Certificates", "Badges", "Tickets",
    "Seating", "Lockers", "Parking", "Shuttles", "Deliveries", "Pickups", "Returns", "Warranties",
    "Repairs", "Inspections", "Incidents", "Alarms", "Patrols", "Visitors", "Guests", "Bookings",
    "Waitlists", "Rosters", "Shifts", "Timesheets", "Payroll", "Holidays", "Absences", "Courses",
    "Lessons", "Exams", "Diplomas", "Scholarships", "Donations", "Grants", "Pledges", "Volunteers",
    "Meetings", "Agendas", "Ballots", "Petitions", "Complaints", "Claims", "Appeals", "Disputes",
    "Settlements", "Mortgages", "Leases", "Rentals", "Deeds", "Valuations", "Blueprints",
    "Sketches", "Samples", "Recipes", "Menus", "Portions", "Allergies", "Diets", "Workouts",
    "Checkups", "Vaccines", "Prescriptions", "Referrals", "Therapies", "Ambulances", "Inventories",
    "Suppliers", "Purchases", "Shipments", "Customs", "Tariffs", "Manifests", "Dispatches",
    "Convoys", "Vehicles", "Mileage", "Tolls", "Fines", "Insurance", "Premiums", "Annuities",
    "Pensions", "Dividends", "Bonds", "Currencies", "Exchanges", "Wallets", "Passports", "Visas",
    "Itineraries", "Excursions", "Luggage", "Souvenirs", "Charts", "Gauges", "Sensors", "Meters",
    "Readings", "Outages", "Snapshots", "Mirrors", "Keyrings", "Puzzles", "Contests", "Trophies",
    "Leagues", "Fixtures", "Referees", "Transfers", "Concerts", "Rehearsals", "Auditions",
    "Costumes", "Scripts", "Posters", "Leaflets", "Catalogs", "Sculptures", "Paintings", "Exhibits",
    "Loans", "Manuscripts", "Citations", "Glossaries", "Subtitles", "Podcasts", "Broadcasts",
    "Weather", "Tides", "Harvests", "Seeds", "Beehives", "Irrigation", "Fences",
];

/// Fields that an entry of a feature may have besides its title.
#[rustfmt::skip]
pub const FIELDS: [&str; 24] = [
    "category", "color", "weight", "origin", "holder", "language", "urgency", "channel", "unit",
    "season", "grade", "shelf", "batch", "vendor", "reference", "measure", "destination", "format",
    "audience", "material", "condition", "location", "contact", "occasion",
];

/// People who write and sign the documents.
#[rustfmt::skip]
pub const PEOPLE: [&str; 24] = [
    "Amara Boateng", "Tom Haugen", "Wei Chen", "Lucia Ferrer", "Noor Haddad", "Rafael Costa",
    "Ingrid Aas", "Bea Sutherland", "Kofi Mensah", "Theo Lindqvist", "Priya Nair", "Jonas Weber",
    "Salma Idrissi", "Oskar Nowak", "Maya Cohen", "Pedro Alves", "Hana Sato", "Ravi Menon",
    "Elif Kaya", "Sven Larsen", "Chiara Conti", "Mateo Rojas", "Anna Kovacs", "Daniel Okoro",
];

#[rustfmt::skip]
const WHO: [&str; 20] = [
    "a clerk", "a planner", "the night shift", "a visitor", "an auditor", "the front desk",
    "a driver", "a returning customer", "the support team", "a supervisor", "a new colleague",
    "the warehouse", "a contractor", "the board", "a neighbor", "a teacher", "the accountant",
    "a volunteer", "the dispatcher", "an apprentice",
];
#[rustfmt::skip]
const DOES: [&str; 20] = [
    "opens", "checks", "corrects", "prints", "forwards", "searches", "confirms", "compares",
    "archives", "restores", "exports", "sorts", "filters", "renames", "shares", "reads", "copies",
    "groups", "counts", "reviews",
];
#[rustfmt::skip]
const WHAT: [&str; 24] = [
    "the list of open entries", "the printed summary", "an entry from last week", "the daily total",
    "the shared calendar", "a saved draft", "the history of changes", "the newest version",
    "an attached photo", "the contact address", "the price", "the queue of requests",
    "the exported sheet", "the reminder", "a copy of the receipt", "the monthly figures",
    "a note from the phone", "the delivery window", "the customer record", "the opening hours",
    "the agreed amount", "a scanned letter", "the seating plan", "the previous answer",
];
#[rustfmt::skip]
const WHEN: [&str; 20] = [
    "at the end of the day", "before the doors open", "while the page stays open",
    "after the second attempt", "once a week", "without leaving the page", "from a phone",
    "on a slow connection", "in the language of the reader", "during the monthly count",
    "as soon as the answer arrives", "with the keyboard alone", "between two appointments",
    "on the first try", "in the order of arrival", "from the start page", "after a short break",
    "when the line is busy", "on the shared screen", "in two steps",
];
#[rustfmt::skip]
const OUTCOME: [&str; 24] = [
    "nobody has to type a number twice", "both sides see the same figures",
    "an old link keeps working", "a lost connection costs nothing", "the page stays short",
    "the order of entries never changes under the reader",
    "the record can be explained a year from now", "support calls stay rare",
    "the answer comes within a second", "two people can work on it at once",
    "a mistake is noticed on the same day", "nothing is sent twice",
    "the numbers add up to the printed total", "a screen reader announces every change",
    "the list can be read on a small screen", "the morning starts with a clean desk",
    "the sums match to the cent", "an audit finds every step", "the way back is one click",
    "each change carries a name and a time", "a copy on paper is no longer needed",
    "the busiest hour stays calm", "new colleagues find their way alone",
    "the weekly report writes itself",
];
#[rustfmt::skip]
const PART: [&str; 20] = [
    "the server", "the page", "the list", "the form", "the index", "the worker", "the store",
    "the summary", "the search", "the handler", "the header", "the notice", "the filter",
    "the cursor", "the button", "the dialog", "the row", "the card", "the calendar view",
    "the import",
];
#[rustfmt::skip]
const KEEPS: [&str; 20] = [
    "keeps its order", "answers within a second", "shows the newest entry first",
    "holds at most 24 entries", "remembers the last filter", "survives a restart",
    "writes one row per change", "reads only its own tables", "checks every field by itself",
    "asks once before it removes anything", "accepts repeated requests", "works without a mouse",
    "names the field at fault", "loads in one request", "stays usable at 320 px",
    "closes with the Escape key", "leaves everything typed in place",
    "takes the time zone of the site", "counts in whole days", "rounds to two digits",
];

/// A source of numbers that are the same on every machine: SplitMix64.
pub struct Draw(u64);

impl Draw {
    /// Numbers for one document: what it is about, and which kind it is.
    pub fn new(subject: usize, kind: u64) -> Self {
        let mut draw = Self((subject as u64).wrapping_mul(31).wrapping_add(kind << 32));
        draw.next();
        draw
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    pub fn of<'w>(&mut self, list: &[&'w str]) -> &'w str {
        list[self.below(list.len())]
    }

    /// One sentence, without colon or parentheses, so that it labels nothing.
    pub fn sentence(&mut self) -> String {
        let text = match self.below(6) {
            0 => {
                let (who, does, what, when) =
                    (self.of(&WHO), self.of(&DOES), self.of(&WHAT), self.of(&WHEN));
                format!("{who} {does} {what} {when}")
            }
            1 => {
                let (part, keeps, outcome) = (self.of(&PART), self.of(&KEEPS), self.of(&OUTCOME));
                format!("{part} {keeps}, so that {outcome}")
            }
            2 => {
                let (who, does, what) = (self.of(&WHO), self.of(&DOES), self.of(&WHAT));
                let (part, keeps) = (self.of(&PART), self.of(&KEEPS));
                format!("when {who} {does} {what}, {part} {keeps}")
            }
            3 => {
                let (part, keeps, when) = (self.of(&PART), self.of(&KEEPS), self.of(&WHEN));
                format!("{part} {keeps} {when}")
            }
            4 => {
                let (outcome, part, keeps) = (self.of(&OUTCOME), self.of(&PART), self.of(&KEEPS));
                format!("{outcome}, because {part} {keeps}")
            }
            _ => {
                let (who, does, what, outcome) =
                    (self.of(&WHO), self.of(&DOES), self.of(&WHAT), self.of(&OUTCOME));
                format!("{who} {does} {what}, and {outcome}")
            }
        };
        format!("{}{}.", text[..1].to_uppercase(), &text[1..])
    }

    /// Some sentences on lines of at most 100 characters.
    pub fn paragraph(&mut self, sentences: usize) -> String {
        let mut out = String::new();
        let mut column = 0;
        for sentence in (0..sentences).map(|_| self.sentence()).collect::<Vec<_>>() {
            for word in sentence.split(' ') {
                if column + word.len() >= 100 {
                    out.push('\n');
                    column = 0;
                } else if column > 0 {
                    out.push(' ');
                    column += 1;
                }
                out.push_str(word);
                column += word.len();
            }
        }
        out
    }

    /// Bullets, a sentence each.
    pub fn bullets(&mut self, count: usize) -> String {
        (0..count).map(|_| format!("- {}\n", self.sentence())).collect()
    }

    /// A condition, an action and a result, as criteria have them.
    pub fn criterion(&mut self) -> String {
        let (who, what, does) = (self.of(&WHO), self.of(&WHAT), self.of(&DOES));
        let (part, keeps) = (self.of(&PART), self.of(&KEEPS));
        format!("Given {what}, when {who} {does} it, then {part} {keeps}.")
    }

    /// A role, a wish and a benefit, as stories have them.
    pub fn wish(&mut self, action: &str) -> String {
        let (who, when, outcome) = (self.of(&WHO), self.of(&WHEN), self.of(&OUTCOME));
        format!("As {who}, I want to {action} {when}, so that {outcome}.")
    }
}
