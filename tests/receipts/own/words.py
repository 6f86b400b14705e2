"""Words, names and ways of writing for made-up British receipts. All shops, people and numbers are invented."""

SHOPS = {
    "grocer": ["FENWAY FOODS", "Harlow & Pike", "GREENSIDE CO-OPERATIVE", "BUDGENS LANE STORES", "MarketFresh", "Corner Larder", "TESCO", "ALDI", "Sainsbury's", "LIDL", "Morrisons", "ICELAND"],
    "chemist": ["Ashby Pharmacy", "BOOTS", "MEADOW CHEMISTS LTD", "Superdrug", "Kestrel Healthcare", "Oakfield Dispensary"],
    "cafe": ["The Copper Kettle", "COSTA", "Nettle & Rye", "THE OLD FORGE TEAROOM", "Bramble Coffee Co", "La Piazzetta", "GREGGS", "The Fox & Hounds", "Saffron Garden"],
    "leisure": ["Riverside Leisure Centre", "HILLTOP SWIM & GYM", "Active Calderdale", "Westbrook Climbing Wall", "ODEON PALACE CINEMA"],
    "care": ["Harbour Home Care Ltd", "Brightside Support Services", "Willow Tree Personal Care Limited", "Step Ahead Physiotherapy", "Clearview Counselling", "Hearth & Home Cleaning"],
    "taxi": ["Z-Line Cabs", "Station Taxis (Norwich)", "Delta Private Hire", "A1 Wheelchair Taxis"],
    "diy": ["B&Q", "Hammond & Sons Hardware", "WICKES", "Toolbarn", "Garden & Grow", "SCREWFIX"],
    "shop": ["ARGOS", "The Works Room", "Marlow Mobility Centre", "Penfold Opticians", "Thimble & Thread", "OXFAM", "Dunelm", "Sole Comfort Shoes", "WHSmith", "Paws & Claws Pet Supplies"],
}
STREETS = ["14 High Street", "Unit 6 Mill Retail Park", "22-24 Station Road", "3 Market Place", "87 London Road", "The Arcade", "1 Church Lane", "45b Victoria Terrace"]
TOWNS = ["Norwich NR2 1AB", "Leeds LS6 3HN", "TRURO TR1 2QU", "Hexham, NE46 1XD", "Cardiff CF10 2GA", "Bath BA1 5LR", "Derby  DE1 2PL"]
GOODS = [
    ("Semi skimmed milk 2L", 145), ("WHOLEMEAL BREAD", 119), ("Bananas loose", 83), ("BAKED BEANS 4PK", 290), ("Free range eggs x6", 165), ("Cheddar 400g", 349), ("TEA BAGS 80", 215), ("Chicken breast", 489),
    ("Apples 6 pack", 179), ("WASHING UP LIQ", 110), ("Paracetamol 500mg 16", 49), ("Vitamin D tablets", 599), ("Hand cream 75ml", 450), ("Plasters assorted", 275), ("Toothpaste", 200), ("Kitchen towel 2", 225),
    ("Grab rail 30cm", 1299), ("Paint white 2.5L", 2200), ("Screws M4 x 40", 375), ("LED bulb 60W", 499), ("Notebook A5", 350), ("Colouring pencils 24", 899), ("Wool socks", 700), ("Puzzle 500pc", 1199),
]
MEALS = [("Flat white", 330), ("Pot of tea", 260), ("Toasted teacake", 310), ("Soup of the day", 575), ("Fish & chips", 1450), ("Jacket potato", 795), ("Latte L", 365), ("Carrot cake", 395), ("Sparkling water", 240), ("Sunday roast", 1695)]
SESSIONS = [("Adult swim", 560), ("Gym day pass", 850), ("Yoga class", 700), ("Aqua aerobics", 640), ("Court hire 1hr", 1200), ("Concession swim", 380), ("Carer ticket", 0), ("Film ticket", 899)]
CARE = [("Personal care 6 hrs", 13200), ("Companionship visit", 4450), ("Sleep-in night", 9500), ("Physiotherapy session 45 min", 5500), ("Counselling session", 6000), ("Domestic cleaning 3 hours", 5400), ("Mileage 22 miles", 990)]
TOTALS = ["TOTAL", "Total", "TOTAL TO PAY", "Total to pay", "BALANCE DUE", "AMOUNT DUE", "Total due", "GRAND TOTAL", "TOTAL GBP", "Total (GBP)", "TOTAL £"]
CARDS = ["VISA DEBIT", "MASTERCARD", "CONTACTLESS", "Visa Contactless", "CARD", "DEBIT MASTERCARD", "AMEX", "Card payment"]
GREETINGS = ["Thank you for shopping with us", "THANK YOU FOR YOUR VISIT", "Please call again", "Have a lovely day", "Tell us how we did and win £1000", "Please retain for your records"]
TITLES = ["RECEIPT", "VAT RECEIPT", "SALES RECEIPT", "TAX INVOICE", "CUSTOMER COPY", "INVOICE"]
